import { Console } from "./console";

/** Commands that begin with the same word. */
export interface Topic {
  /** The whole commands, such as `policy check`. */
  readonly commands: readonly string[];
  /** Runs the arguments after the word, and returns the exit code. */
  readonly run: (args: readonly string[], console: Console) => Promise<number>;
}

/** All commands, by their first words. Each is loaded only where it runs, so that the others start faster. */
export const TOPICS: Readonly<Record<string, Topic>> = {
  policy: {
    commands: ["policy check", "policy merge"],
    run: async (args, console) => (await import("./policy/policy")).policy(args, console),
  },
  rules: {
    commands: ["rules check"],
    run: async (args, console) => (await import("./rules/check")).rules(args, console),
  },
  report: {
    commands: ["report"],
    run: async (args, console) => (await import("./report/report")).report(args, console),
  },
  entra: {
    commands: ["entra request"],
    run: async (args, console) => (await import("./entra/request")).entra(args, console),
  },
  verify: {
    commands: ["verify"],
    run: async (args, console) => (await import("./verify/verify")).verify(args, console),
  },
};

/** The whole commands. */
export const COMMANDS = Object.values(TOPICS).flatMap(({ commands }) => commands);
