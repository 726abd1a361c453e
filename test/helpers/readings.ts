import { Reader, Reading } from "../../lib/policy/syntax/reader";

/** How a text was read as a policy: the element that it begins with, and the way of reading. */
export interface PolicyReading {
  readonly text: string;
  readonly way: "XML" | "code" | "code with references" | "code by its shape";
}

/**
 * What is read as a policy meanwhile, in order: each pass over a text counts, whatever begins it.
 *
 * @param onReading what is called at each pass
 */
export function readingsOf(action: () => void, onReading?: () => void): PolicyReading[] {
  const { tree } = Reader.prototype;
  const passes = jest.spyOn(Reader.prototype, "tree").mockImplementation(function (this: Reader, source) {
    onReading?.();
    return tree.call(this, source);
  });
  try {
    action();
    return passes.mock.contexts.map((reader) => ({ text: reader["text"], way: wayOf(reader["reading"]) }));
  } finally {
    passes.mockRestore();
  }
}

function wayOf({ raw, references, byShape }: Reading): PolicyReading["way"] {
  if (byShape) return "code by its shape";
  if (references) return "code with references";
  return raw ? "code" : "XML";
}
