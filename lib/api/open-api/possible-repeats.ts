/** Up to this many texts, a set of them takes less time than their hashes. */
const FEW = 1000;

/** Another one in each run, so that nobody can write a document whose keys have equal hashes. */
const FACTOR = Math.floor(Math.random() * 2 ** 32) | 1;

/**
 * The indexes of the texts that may be in the list more than once: of few texts all, of many those whose hash is there more than once. A
 * set of hundreds of thousands of texts takes longer than to parse them.
 */
export function possibleRepeats(texts: readonly string[]): Iterable<number> {
  if (texts.length <= FEW) return texts.keys();
  // With 32 possible hashes for each text, few are equal by chance.
  const bits = Math.ceil(Math.log2(texts.length)) + 5;
  const hashes = new Int32Array(texts.length);
  const once = new BitSet(2 ** bits);
  const repeated = new BitSet(2 ** bits);
  for (let index = 0; index < hashes.length; index++) {
    const hash = hashOf(texts[index]) >>> (32 - bits);
    hashes[index] = hash;
    (once.has(hash) ? repeated : once).add(hash);
  }
  const found: number[] = [];
  for (let index = 0; index < hashes.length; index++) if (repeated.has(hashes[index])) found.push(index);
  return found;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FACTOR);
  // With some factors, the upper bits of many short texts are equal.
  return Math.imul(hash ^ (hash >>> 15), FACTOR);
}

/** A set of whole numbers below a size, a bit for each. */
class BitSet {
  private readonly words: Int32Array;

  constructor(size: number) {
    this.words = new Int32Array(size / 32);
  }

  public has(number: number): boolean {
    return (this.words[number >>> 5] & (1 << number)) !== 0;
  }

  public add(number: number): void {
    this.words[number >>> 5] |= 1 << number;
  }
}
