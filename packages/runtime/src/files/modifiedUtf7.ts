/** Folder names as IMAP and Maildir++ write them: RFC 3501 section 5.1.3. */
export function decodeModifiedUtf7(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, coded: string) => {
    if (coded === "") return "&";
    const bytes = Buffer.from(coded.replaceAll(",", "/"), "base64");
    if (bytes.length % 2 !== 0) return whole;
    return bytes.swap16().toString("utf16le");
  });
}

/** The other way round. */
export function encodeModifiedUtf7(name: string): string {
  return name.replaceAll("&", "&-").replace(/[^\x20-\x7e]+/g, (plain) => {
    const bytes = Buffer.from(plain, "utf16le").swap16();
    return `&${bytes.toString("base64").replaceAll("/", ",").replace(/=+$/, "")}-`;
  });
}
