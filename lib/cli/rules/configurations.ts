import { realpathSync } from "fs";
import { basename, dirname, join, resolve } from "path";
import { grouped } from "../../core/grouped";
import { ConfigurationFile } from "../../rules/model/stack";
import { Console } from "../console";
import { FileBelow, filesBelow, statsOf } from "../folder";
import { isPattern, matchingFiles } from "../glob";
import { isStandardInput, STANDARD_INPUT } from "../input";
import { misuse } from "../misuse";
import { readConfiguration } from "./configuration-file";

/** The configurations that are judged together, and what was not read. */
export interface Configurations {
  /** The files of each stack, by its name. */
  readonly stacks: ReadonlyMap<string, readonly ConfigurationFile[]>;
  readonly unreadable: readonly { readonly file: string; readonly error: string }[];
  /** Files in HCL beside the others. */
  readonly skipped: readonly string[];
}

/** Where cdktf writes its output. */
export const OUTPUT_FOLDER = "cdktf.out";

/**
 * Reads the JSON files below the given folders, the given files and what the given patterns match. Each folder is one configuration,
 * as it is for Terraform.
 */
export function configurationsIn(paths: readonly string[], console: Console): Configurations {
  const found = paths.map(filesAt);
  const files = [
    ...grouped(
      found.flatMap(({ json }) => json),
      (path) => [placeOf(path)],
    ).values(),
  ].map(([first]) => first);
  if (files.length === 0)
    misuse(
      "configuration-missing",
      `There is no *.tf.json file in ${paths.join(", ")}.`,
      'Run "cdktf synth" first, or write the folder or the files of your Terraform JSON.',
    );
  const unreadable: { file: string; error: string }[] = [];
  const read = files.flatMap((file) => {
    try {
      return [readConfiguration(file, console)];
    } catch (error) {
      unreadable.push({ file, error: (error as Error).message });
      return [];
    }
  });
  return { stacks: byStack(read), unreadable, skipped: [...new Set(found.flatMap(({ hcl }) => hcl))] };
}

/** The path of a file can be written in several ways. A link to it in another folder is a file of that folder, too. */
function placeOf(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return resolve(path);
  }
}

/** The files of each folder, by the name of its stack, or by the folder if two stacks have one name. */
function byStack(files: readonly ConfigurationFile[]): Map<string, ConfigurationFile[]> {
  const folders = [...grouped(files, ({ path }) => [folderOf(path)])];
  const named = grouped(folders, ([folder, inFolder]) => [stackName(folder, inFolder)]);
  return new Map(
    folders.map(([folder, inFolder]) => {
      const name = stackName(folder, inFolder);
      return [named.get(name)!.length === 1 ? name : folder, inFolder];
    }),
  );
}

function folderOf(path: string): string {
  return path === STANDARD_INPUT ? path : dirname(path);
}

/** cdktf names the folder of a stack after the stack. */
function stackName(folder: string, files: readonly ConfigurationFile[]): string {
  const isOfCdktf = files.some(({ path }) => basename(path) === "cdk.tf.json");
  return isOfCdktf && basename(dirname(folder)) === "stacks" ? basename(folder) : folder;
}

/** The files at a path. */
interface FoundFiles {
  readonly json: readonly string[];
  readonly hcl: readonly string[];
}

/** A given file is read, whatever its name is. */
function filesAt(path: string): FoundFiles {
  if (isStandardInput(path)) return { json: [STANDARD_INPUT], hcl: [] };
  const stats = statsOf(path);
  if (stats?.isDirectory() === true) return terraformBelow(path);
  if (stats === undefined && isPattern(path)) return { json: matchingFiles(path), hcl: [] };
  return { json: [path], hcl: [] };
}

/** A folder that cannot be listed is one of the files, so that reading it says why. */
function terraformBelow(folder: string): FoundFiles {
  const all = filesBelow(folder);
  const isRead = ({ path, isUnlisted }: FileBelow): boolean => isUnlisted || path.endsWith(".tf.json");
  return {
    json: all.filter(isRead).map(({ path }) => path),
    hcl: all.filter((file) => !isRead(file) && file.path.endsWith(".tf")).map(({ path }) => path),
  };
}
