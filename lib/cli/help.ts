import { Console, outJson } from "./console";
import { ExitCode } from "./exit-code";

/** What `--help` prints. */
export const HELP = `Merges the policies of a secured backend into your existing API Management policy documents,
judges and shows what you will deploy, and verifies what you have deployed.

Usage:
  cdktf-secure-apim-backend COMMAND [options]

Commands:
  policy check FILE|FOLDER|PATTERN...   report for each policy document whether it can be merged, its size and its conflicts
  policy merge FILE --audience ...      print the document with the policies of a secured backend
  rules check [FOLDER|FILE...]          judge Terraform JSON, such as cdktf.out: who gets in, and what is open
  report [FOLDER|FILE...]               show a reviewer who can call what, and what stops everybody else
  entra request [FOLDER|FILE...]        print what someone else has to create in Entra ID, if you may not
  verify                                call what you have deployed, and show that only the gateway gets in
  help COMMAND                          print the options, examples and exit codes of a command

Options of every command:
  --json                                print one JSON object, and nothing else; errors too
  --help, -h                            print the help of the command
  --version, -v                         print the version

Where a command reads a file, "-" is standard input. After "--", everything is a file.
Reports to a terminal are colored, unless NO_COLOR is set or TERM is "dumb".

Examples:
  cdktf-secure-apim-backend policy check policies/
  cdktf-secure-apim-backend rules check cdktf.out
  terraform output -json | cdktf-secure-apim-backend verify --outputs -

Exit codes:
  0  nothing is wrong
  1  something is wrong: a conflict, an error or a failed check
  2  the command line is wrong
  3  an input cannot be read
  4  the output cannot be written
  5  nothing is wrong, but something was not checked or cannot be judged
`;

/** Prints a help. */
export function printHelp(text: string, json: boolean | undefined, console: Console): number {
  if (json === true) outJson(console, { help: text });
  else console.out(text);
  return ExitCode.OK;
}
