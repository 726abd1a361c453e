import { nearest } from "../core/nearest";
import { COMMANDS } from "./commands";

/** The command that somebody means who writes these words, such as "polcy check" or "merge"; `undefined` if none is similar. */
export function similarCommand([first, second]: readonly string[]): string | undefined {
  const commands = COMMANDS.map((command) => ({ command, words: command.split(" ") }));
  const topic = nearest(
    first,
    commands.map(({ words }) => words[0]),
  );
  const ofTopic = commands.filter(({ words }) => words[0] === topic);
  if (ofTopic.length > 0) {
    const near =
      second === undefined
        ? undefined
        : nearest(
            second,
            ofTopic.map(({ words }) => words[1] ?? ""),
          );
    return (ofTopic.find(({ words }) => words[1] === near) ?? ofTopic[0]).command;
  }
  return commands.find(({ words: [, word] }) => word !== undefined && nearest(first, [word]) !== undefined)?.command;
}
