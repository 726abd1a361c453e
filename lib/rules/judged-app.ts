import { existsSync, readFileSync } from "fs";
import { join } from "path";
import { AnnotationMetadataEntryType, App, ISynthesisSession, Manifest, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { CUSTOM_SYNTHESIS } from "../core/custom-synthesis";
import { fail } from "../core/fail";
import { checkAlone } from "../core/last-check";
import { remembered } from "../core/remembered";
import { warnOnce } from "../core/warn-once";
import { writeAcknowledgement } from "./acknowledge";
import { Acknowledgement } from "./acknowledgement";
import { RuleSet, stacksIn } from "./rule-set";
import { findingsIn, isWithin, RenderedStacks, stackAround } from "./stack-findings";
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
      .filter(({ path }) => stackAround(path, stacks) === stack || isWithin(stack.node.path, path))
      .forEach((each) => writeAcknowledgement(stack, each));
  }

  private watch(stack: TerraformStack): void {
    const element = checkAlone(stack, () => this.judgeRendered(stack), unusedId(stack));
    // Validations come first, in `app.synth()` and in a unit test.
    stack.node.addValidation({ validate: () => (this.sessions.delete(stack), []) });
    Object.defineProperty(element, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => void this.sessions.set(stack, session) },
    });
  }

  private judgeRendered(stack: TerraformStack): string[] {
    if (this.looksAt.has(stack)) return [];
    const { app } = this;
    const manifest = this.sessions.get(stack)?.manifest;
    if (App.isApp(app) && manifest === app.manifest) return [];
    return this.lookingAt(stack, (json) => {
      this.rendered.set(stack, json);
      return this.say(this.rendered, manifest);
    });
  }

  /** Renders a stack without judging it meanwhile. */
  private lookingAt<T>(stack: TerraformStack, look: (json: ConfigurationFile["json"]) => T): T {
    this.looksAt.add(stack);
    try {
      return look(stack.toTerraform());
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
      return [[stack, isJson ? writtenJson(stack, file) : this.lookingAt(stack, (json) => json)]];
    });
    if (written.length === 0) return [];
    return this.say(
      new Map(written),
      app.manifest,
      [...this.sets].flatMap((set) => this.unwrittenOf(set)),
    );
  }

  /** What was acknowledged for stacks that were declared after the rules, and for none. */
  private unwrittenOf(set: RuleSet): Acknowledgement[] {
    const stacks = [...set.stacksOf(this.app)];
    const isSeen = (stack: TerraformStack): boolean => this.visited.get(stack)?.has(set) === true;
    const late = new Set(stacks.filter((stack) => !isSeen(stack)).map(({ node }) => node.id));
    return set.acknowledged
      .filter(({ path }) => !stacks.some((each) => isSeen(each) && touches(each.node.path, path)))
      .map((each) => ({ ...each, stacks: late }));
  }

  /** Shows the warnings about stacks, and returns the errors. */
  private say(rendered: RenderedStacks, manifest?: Manifest, unwritten?: readonly Acknowledgement[]): string[] {
    const own = [...this.sets].filter((set) => set.own.length > 0);
    const { errors, warnings } = findingsIn(
      rendered,
      own.map((set) => ({ rules: set.own, stacks: set.stacksOf(this.app) })),
      unwritten,
    );
    warnings.forEach(([stack, text]) => warn(stack, text, manifest));
    return errors;
  }
}

/** A synthesizer of the user's can write anything. The message of the parser is not shown: it can contain a secret. */
function writtenJson(stack: TerraformStack, file: string): ConfigurationFile["json"] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ConfigurationFile["json"];
  } catch {
    fail(
      stack,
      "written-file-no-json",
      `What was written for the stack "${stack.node.path}" is no JSON, so the rules cannot judge it: ${file}`,
      "Write Terraform's JSON there. If another program writes the file after cdktf, judge it with rules check.",
    );
  }
}

function touches(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** The stack may have a construct with this id. */
function unusedId({ node }: TerraformStack): string {
  let id = ID;
  for (let number = 2; node.tryFindChild(id) !== undefined; number++) id = `${ID}${number}`;
  return id;
}

/** Shows a warning about what is written already: cdktf has put the annotations into the manifest, and writes that at the end. */
function warn(stack: TerraformStack, text: string, manifest?: Manifest): void {
  warnOnce(stack, text);
  const annotations = manifest?.stacks[stack.node.id]?.annotations;
  if (annotations === undefined || annotations.some(({ message }) => message === text)) return;
  annotations.push({ constructPath: stack.node.path, level: AnnotationMetadataEntryType.WARN, message: text });
}
