/**
 * Property tests draw the same cases on every run, so that a gate that was green stays green. To look for new
 * ones: `PROPERTY_SEED=$RANDOM npm test`.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_123) });
