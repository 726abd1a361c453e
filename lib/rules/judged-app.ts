import { existsSync, readFileSync } from "fs";
import { join } from "path";
import { AnnotationMetadataEntryType, App, ISynthesisSession, Manifest, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { CUSTOM_SYNTHESIS } from "../core/custom-synthesis";
import { checkWhenWritten } from "../core/last-check";
import { remembered } from "../core/remembered";
import { warnOnce } from "../core/warn-once";
import { writeAcknowledgement } from "./acknowledge";
import { RuleSet, stacksIn } from "./rule-set";
import { findingsIn, RenderedStacks, stackAround } from "./stack-findings";
import { ConfigurationFile } from "./model/stack";

const ID = "ApimSecurityRules";

const apps = new WeakMap<IConstruct, JudgedApp>();

/**
 * An app of which stacks are judged. `app.synth()` writes all stacks, and then runs the validations of the app: all that was written is
 * judged together. A stack that is rendered alone, as in a unit test, is judged at once, with those that were rendered before.
 *
 * @see docs/design/decisions.md#judged-when-all-is-written
 */
export class JudgedApp {
  public static of({ node: { root } }: IConstruct): JudgedApp {
    const judged = apps.get(root) ?? new JudgedApp(root);
    apps.set(root, judged);
    return judged;
  }

  private readonly sets = new Set<RuleSet>();
  /** By which sets the stacks are judged whose aspects cdktf has called. */
  private readonly visited = new Map<TerraformStack, Set<RuleSet>>();
  private readonly rendered = new Map<TerraformStack, ConfigurationFile["json"]>();
  private readonly sessions = new Map<TerraformStack, ISynthesisSession>();
  private readonly looksAt = new Set<TerraformStack>();

  private constructor(private readonly app: IConstruct) {
    app.node.addValidation({ validate: () => this.judgeWritten() });
  }

  /** Judges what is in a construct by a set, also what is declared later. */
  public addScope(scope: IConstruct, set: RuleSet): void {
    this.sets.add(set);
    set.add(scope);
  }

  /** Judges a stack whose aspects cdktf calls. */
  public addStack(stack: TerraformStack, set: RuleSet): void {
    const sets = remembered(this.visited, stack, () => {
      this.watch(stack);
      return new Set<RuleSet>();
    });
    if (sets.has(set)) return;
    sets.add(set);
    this.addScope(stack, set);
    const stacks = stacksIn(stack);
    set.acknowledged
      .filter(({ path }) => stackAround(path, stacks) === stack)
      .forEach((each) => writeAcknowledgement(stack, each));
  }

  private watch(stack: TerraformStack): void {
    const element = checkWhenWritten(stack, () => this.judgeRendered(stack), unusedId(stack));
    // Validations come first, in `app.synth()` and in a unit test.
    stack.node.addValidation({ validate: () => (this.sessions.delete(stack), []) });
    Object.defineProperty(element, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => void this.sessions.set(stack, session) },
    });
  }

  private judgeRendered(stack: TerraformStack): string[] {
    if (this.looksAt.has(stack)) return [];
    const stacks = stack.node.scopes.filter(TerraformStack.isStack);
    const { app } = this;
    if (App.isApp(app) && stacks.some((each) => this.sessions.get(each)?.manifest === app.manifest)) return [];
    const manifest = this.sessions.get(stack)?.manifest;
    this.rendered.set(stack, this.lookAt(stack));
    return this.say(this.rendered, manifest);
  }

  /** Renders a stack without judging it. */
  private lookAt(stack: TerraformStack): ConfigurationFile["json"] {
    this.looksAt.add(stack);
    try {
      return stack.toTerraform();
    } finally {
      this.looksAt.delete(stack);
    }
  }

  private judgeWritten(): string[] {
    const { app } = this;
    if (!App.isApp(app)) return [];
    const stacks = new Set([...this.sets].flatMap((set) => [...set.stacksOf(app)]));
    const written = [...stacks].flatMap((stack): [TerraformStack, ConfigurationFile["json"]][] => {
      const entry = app.manifest.stacks[stack.node.id];
      if (entry === undefined) return [];
      const file = join(app.outdir, entry.synthesizedStackPath);
      const isJson = !app.manifest.hclOutput && existsSync(file);
      return [[stack, isJson ? JSON.parse(readFileSync(file, "utf8")) : this.lookAt(stack)]];
    });
    return this.say(new Map(written), app.manifest);
  }

  /** Shows the warnings about stacks, and returns the errors. */
  private say(rendered: RenderedStacks, manifest: Manifest | undefined): string[] {
    const sets = [...this.sets];
    const { errors, warnings } = findingsIn(
      rendered,
      sets.filter(({ own }) => own.length > 0).map((set) => ({ rules: set.own, stacks: set.stacksOf(this.app) })),
      sets.flatMap(({ acknowledged }) => acknowledged),
    );
    warnings.forEach(([stack, text]) => warn(stack, text, manifest));
    return [...errors];
  }
}

/** The stack may have a construct with this id. */
function unusedId({ node }: TerraformStack): string {
  let id = ID;
  for (let number = 2; node.tryFindChild(id) !== undefined; number++) id = `${ID}${number}`;
  return id;
}

/** Shows a warning about what is written already: cdktf has put the annotations into the manifest, and writes that at the end. */
function warn(stack: TerraformStack, text: string, manifest: Manifest | undefined): void {
  warnOnce(stack, text);
  const annotations = manifest?.stacks[stack.node.id]?.annotations;
  if (annotations === undefined || annotations.some(({ message }) => message === text)) return;
  annotations.push({ constructPath: stack.node.path, level: AnnotationMetadataEntryType.WARN, message: text });
}
