/** A bar that shows how far an import is; nothing where nobody watches. */
import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../ops/import.ts';
import { number } from '../reply/build.ts';

export interface Bar {
  show(progress: Progress): void;
  end(): void;
}

const THOUSANDTHS = 1_000;

export function progressBar(stream: WriteStream): Bar {
  const bar = new SingleBar(
    {
      stream,
      format: '{file} {bar} {percentage} % · {papers} papers · {duration_formatted}',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: true,
    },
    Presets.shades_classic,
  );
  let isShown = false;
  return {
    show({ file, papers, share }) {
      const payload = { file, papers: number(papers) };
      if (!isShown) bar.start(THOUSANDTHS, 0, payload);
      isShown = true;
      bar.update(Math.floor(share * THOUSANDTHS), payload);
    },
    end: () => bar.stop(),
  };
}
