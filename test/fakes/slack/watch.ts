/** Waiting for something to become true, woken by every change in the fake instead of by polling. */
export class Watch {
  readonly #waiting = new Set<() => void>();

  /** Something changed: everyone who waits looks again. */
  readonly changed = (): void => {
    for (const look of [...this.#waiting]) look();
  };

  /**
   * The first truthy value of `look`, asked now and after each change.
   * @throws after `timeoutMs`, with `describe()` so that the failure says what was there instead.
   */
  waitFor<T>(
    look: () => T,
    timeoutMs: number,
    describe: () => string,
  ): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
    const { promise, resolve, reject } =
      Promise.withResolvers<Exclude<T, undefined | null | false | 0 | ''>>();
    const attempt = () => {
      try {
        const value = look();
        if (isThere(value)) resolve(value);
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      reject(new Error(`fake slack: waited ${timeoutMs} ms in vain.\n${describe()}`));
    }, timeoutMs);
    this.#waiting.add(attempt);
    attempt();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(attempt);
    });
  }
}

function isThere<T>(value: T): value is Exclude<T, undefined | null | false | 0 | ''> {
  return Boolean(value);
}
