import { chmodSync, mkdirSync, rmSync, writeFileSync } from "fs";
import { dirname, join, posix } from "path";
import { ISynthesisSession, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CUSTOM_SYNTHESIS } from "./custom-synthesis";

/** A file for people, beside the configuration of a stack. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
  /** Whether it is a script. */
  readonly isExecutable?: boolean;
}

/**
 * Files for people beside a stack's configuration, in a folder of their own. They are made when the stack is written, after everything
 * is declared. Terraform does not read them.
 */
export class FilesForPeople extends Construct {
  /** @param folder name of the folder, in which each construct has its own */
  constructor(scope: Construct, id: string, folder: string, files: () => readonly WrittenFile[]) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const own = posix.join(folder, stack.getLogicalId(scope.node));
    const onSynthesize = ({ outdir, manifest }: ISynthesisSession): void => {
      const path = join(outdir, manifest.forStack(stack).workingDirectory, own);
      rmSync(path, { recursive: true, force: true });
      for (const { name, text, isExecutable = false } of files()) {
        const file = join(path, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        if (isExecutable) chmodSync(file, 0o755);
      }
    };
    Object.defineProperty(this, CUSTOM_SYNTHESIS, { value: { onSynthesize } });
  }
}
