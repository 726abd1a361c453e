import { mkdirSync, rmSync, writeFileSync } from "fs";
import { dirname, join, posix } from "path";
import { ISynthesisSession, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CUSTOM_SYNTHESIS } from "./custom-synthesis";

/** The folder for files beside a stack's configuration. */
const ASSETS = "assets";

/**
 * A text in a file beside the stack's configuration, which Terraform reads. It arrives as it is: nothing in it is a template, and
 * Terraform, which takes a string in the configuration apart line by line, reads it at once.
 *
 * @see docs/design/decisions.md#openapi-text-is-a-file
 */
export class TextAsset extends Construct {
  /** The Terraform expression of the text. */
  public readonly expression: string;
  private readonly folder: string;
  /** Path of the file, relative to the stack's configuration. */
  private readonly path: string;

  /** @param fileName name of the file, of letters, digits and `.` */
  constructor(
    scope: Construct,
    id: string,
    fileName: string,
    public readonly text: string,
  ) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    this.folder = posix.join(ASSETS, stack.getLogicalId(this.node));
    this.path = posix.join(this.folder, fileName);
    this.expression = `\${file("\${path.module}/${this.path}")}`;
    Object.defineProperty(this, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => this.write(session, stack) },
    });
  }

  private write({ outdir, manifest }: ISynthesisSession, stack: TerraformStack): void {
    const { workingDirectory } = manifest.forStack(stack);
    rmSync(join(outdir, workingDirectory, this.folder), { recursive: true, force: true });
    const file = join(outdir, workingDirectory, this.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, this.text);
  }
}
