import { parseArgs, ParseArgsConfig } from "util";
import { UsageError } from "./console";

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  audience: { type: "string" },
  "client-id": { type: "string" },
  "backend-id": { type: "string" },
  "key-header": { type: "string" },
  "key-query": { type: "string" },
  "own-address": { type: "boolean" },
  resolve: { type: "string", multiple: true },
} as const satisfies ParseArgsConfig["options"];

/** The options of a command line. */
export type Values = ReturnType<typeof parsed>["values"];

/** The options and the other arguments of a command line. */
export function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
