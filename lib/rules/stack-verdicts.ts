import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { stateOf } from "../core/state";
import { Acknowledgement, acknowledgementsIn } from "./acknowledgement";
import { Model } from "./model/model";
import { ConfigurationFile } from "./model/stack";
import { SecurityRule } from "./rule";
import { judge, Verdicts } from "./verdicts";

type Files = Map<string, readonly ConfigurationFile[]>;

/** The stacks of an app as they were last rendered, by their ids, how often one was, and when which rules judged all of them. */
interface Rendered {
  readonly files: Files;
  readonly judgedAt: Map<readonly SecurityRule[], number>;
  times: number;
}

/**
 * What rules say of the stacks of an app, which cdktf renders one after another. With the last one, all are judged together. A stack before
 * is judged by itself, and with those before it only if that finds something: otherwise, the work would grow with the square of the stacks.
 */
export class StackVerdicts {
  /** When one of its stacks was last rendered. */
  private addedAt = 0;

  constructor(private readonly rules: readonly SecurityRule[]) {}

  /** What they say of a stack as it renders now. Before the last one, an acknowledgement of a rule that exists can have a use. */
  public of(stack: TerraformStack, json: ConfigurationFile["json"], isLast: boolean): Verdicts {
    const { files, judgedAt, times } = add(stack, json);
    this.addedAt = times;
    if (isLast) {
      judgedAt.set(this.rules, times);
      return this.judged(files);
    }
    const { id } = stack.node;
    const alone = this.judged(new Map([[id, files.get(id) ?? []]]));
    const verdicts = alone.violated.length === 0 ? alone : this.judged(files);
    return { ...verdicts, unused: verdicts.unused.filter(({ rule }) => !this.rules.some(({ id }) => id === rule)) };
  }

  /** What they say of all stacks of an app, after they are written; nothing if it was said with the last one. */
  public ofAll(app: IConstruct, late: readonly TerraformStack[], acknowledged: readonly Acknowledgement[]): Verdicts {
    const { files, judgedAt } = renderedIn(app);
    if (late.length === 0 && (judgedAt.get(this.rules) ?? -1) >= this.addedAt) return NOTHING;
    late.forEach((stack) => add(stack, stack.toTerraform()));
    return this.judged(files, acknowledged);
  }

  private judged(files: Files, acknowledged: readonly Acknowledgement[] = []): Verdicts {
    const model = new Model(files);
    return judge(model, this.rules, [...acknowledgementsIn(model), ...acknowledged]);
  }
}

const NOTHING: Verdicts = { violated: [], acknowledged: [], unknown: [], complies: 0, unused: [] };

function add(stack: TerraformStack, json: ConfigurationFile["json"]): Rendered {
  const rendered = renderedIn(stack);
  rendered.files.set(stack.node.id, [{ path: `${stack.node.path}/cdk.tf.json`, json }]);
  rendered.times++;
  return rendered;
}

function renderedIn({ node }: IConstruct): Rendered {
  return stateOf(node.root, "rendered-stacks", () => ({ files: new Map(), judgedAt: new Map(), times: 0 }));
}
