import { Console } from "../../lib/cli/console";
import { run } from "../../lib/cli/run";

/** What a command line has said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line, with a text or bytes as its standard input. */
export async function commandLine(args: readonly string[], input: string | Buffer = ""): Promise<Said> {
  const written = { out: "", err: "" };
  const console: Console = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    interactive: false,
    input: () => Buffer.from(input),
  };
  const code = await run(args, console);
  return { code, ...written };
}
