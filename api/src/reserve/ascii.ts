/** Text of a bytesN that holds ASCII, left-aligned: "0x5a524831..." -> "ZRH1". */
export function asciiOf(bytes: string): string {
  return Buffer.from(bytes.slice(2), 'hex').toString('latin1').replace(/\0+$/, '');
}
