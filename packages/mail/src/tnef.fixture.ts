/** Writes winmail.dat files for tests. */

function number(value: number, width: 2 | 4): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntLE(value, 0, width);
  return bytes;
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

export function attribute(level: 1 | 2, id: number, value: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([level]),
    number(id, 2),
    number(0, 2),
    number(value.length, 4),
    value,
    number(
      value.reduce((sum, byte) => (sum + byte) & 0xffff, 0),
      2,
    ),
  ]);
}

/** A property of one value that says its length: 0x1e, 0x1f, 0x0d, 0x102. */
export function property(type: number, id: number, value: Uint8Array): Buffer {
  return Buffer.concat([
    number(type, 2),
    number(id, 2),
    number(1, 4),
    number(value.length, 4),
    padded(value),
  ]);
}

export function unicode(id: number, text: string): Buffer {
  return property(0x1f, id, Buffer.from(`${text}\0`, "utf16le"));
}

export function properties(...list: readonly Buffer[]): Buffer {
  return Buffer.concat([number(list.length, 4), ...list]);
}

export function tnef(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([number(0x223e9f78, 4), number(1, 2), ...attributes]);
}

/** Begins a file: without it what follows belongs to none. */
export function file(content: string, ...more: readonly Buffer[]): Buffer {
  return Buffer.concat([
    attribute(2, 0x9002, Buffer.alloc(14)),
    attribute(2, 0x800f, Buffer.from(content)),
    ...more,
  ]);
}
