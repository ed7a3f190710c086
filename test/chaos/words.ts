/** What a chaos run and the bot's process say to each other. */
import { z } from 'zod';

/** Do the minute's work at this instant, and die at this step of it. */
export const Order = z.object({ now: z.string(), killAt: z.number().optional() });
export type Order = z.infer<typeof Order>;

/** It is done, after so many steps. */
export const Word = z.object({ kind: z.literal('done'), steps: z.number() });
export type Word = z.infer<typeof Word>;
