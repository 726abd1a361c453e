import { nearest } from "../core/nearest";
import { COMMANDS, TOPICS } from "./commands";

/** The command that the words are most similar to, such as "polcy check" or "merge"; `undefined` if there is none. */
export function similarCommand([first, second]: readonly string[]): string | undefined {
  const topic = nearest(first, Object.keys(TOPICS));
  if (topic === undefined) return COMMANDS.find((command) => isSimilar(first, secondWord(command)));
  const { commands } = TOPICS[topic];
  return commands.find((command) => second !== undefined && isSimilar(second, secondWord(command))) ?? commands[0];
}

function secondWord(command: string): string | undefined {
  return command.split(" ")[1];
}

function isSimilar(written: string, word: string | undefined): boolean {
  return word !== undefined && nearest(written, [word]) !== undefined;
}
