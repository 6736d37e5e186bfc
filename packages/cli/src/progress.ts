import { fit, type Terminal } from "./terminal.ts";

/** One line on standard error that tells how far a long work is; nothing where it is no terminal. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

/** Draws at most ten times a second. */
export function progressLine(terminal: Terminal, now: () => number = Date.now): Progress {
  if (!terminal.progress) return { show: () => undefined, clear: () => undefined };
  let last = 0;
  let drawn = false;
  return {
    show(text) {
      if (now() - last < 100) return;
      last = now();
      drawn = true;
      terminal.note(`\r\u001b[2K${fit(text, terminal.width - 1)}`);
    },
    clear() {
      if (drawn) terminal.note("\r\u001b[2K");
      drawn = false;
    },
  };
}
