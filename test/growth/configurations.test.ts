import { growthOf } from "../helpers/growth";
import { TerraformStack } from "cdktf";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { Construct } from "constructs";
import { reportJson, reportText, RulesReport } from "../../lib/cli/rules/report";
import { sarifLog } from "../../lib/cli/rules/sarif";
import { diffOf } from "../../lib/report/diff/compared";
import { dotOf } from "../../lib/report/graph/dot";
import { picturesOf } from "../../lib/report/graph/pictures";
import { accessSection } from "../../lib/report/html/access";
import { callsSection } from "../../lib/report/html/calls";
import { checkedSection } from "../../lib/report/html/checked";
import * as lists from "../../lib/report/html/lists";
import { summary } from "../../lib/report/html/summary";
import { diffMarkdown } from "../../lib/report/markdown/diff";
import { reportMarkdown } from "../../lib/report/markdown/report";
import { reportOn } from "../../lib/report/report";
import { TrustReport } from "../../lib/report/trust-report";
import { Acknowledgement } from "../../lib/rules/acknowledgement";
import { Model } from "../../lib/rules/model/model";
import { RULES } from "../../lib/rules/rules";
import { judge } from "../../lib/rules/verdicts";
import { EVERY_BACKEND } from "../backends/every-backend";
import { NEW } from "../backends/gateways";
import { Json, stackWithProviders, synth } from "../helpers/synth";
import { manyOfEach } from "../report/many-of-each";
import { FAULTS } from "../rules/faults";
import { modelOf } from "../rules/judged";
import { writtenStack } from "../rules/written-stack";
import { newId } from "./stacks";

/* The rules and the report cost the same for each resource, however many there are. */

const COUNTS = [1, 2, 4];

type Stacks = Readonly<Record<string, Json>>;

/** So many backends of every kind. */
function everyBackend(count: number): Stacks {
  const stack = stackWithProviders();
  for (const { make, sku } of Object.values(EVERY_BACKEND)) {
    const kind = new Construct(stack, newId());
    const gateway = new ApimGateway(kind as TerraformStack, "Gateway", { ...NEW, sku });
    for (let i = 0; i < count; i++) make(new Construct(kind, newId()), newId(), gateway);
  }
  return { app: synth(stack) };
}

/** One fault for each rule. */
const ONE_EACH = [...new Map(FAULTS.map((fault) => [fault.rule, fault])).values()];

/** So many stacks with each fault. */
function everyFault(count: number): Stacks {
  const stacks = ONE_EACH.flatMap(({ plant }) =>
    Array.from({ length: count }, (): [string, Json] => {
      const stack = writtenStack();
      plant(stack.resource, stack);
      return [newId(), stack];
    }),
  );
  return Object.fromEntries(stacks);
}

const CONFIGURATIONS: Record<string, (count: number) => Stacks> = {
  "backends of every kind": everyBackend,
  // So many that no picture shows all.
  "resources of every type": (count) => ({ app: manyOfEach(10 * count) }),
  "stacks with every fault": everyFault,
};

const NOTHING = { skipped: [], unreadable: [] };

function judged(model: Model, acknowledgements: readonly Acknowledgement[] = []): RulesReport {
  return { ...NOTHING, model, verdicts: judge(model, RULES, acknowledgements) };
}

/** Accepts each finding. */
function acknowledged(model: Model): RulesReport {
  const { violated, unknown } = judged(model).verdicts;
  const acknowledgements = [...violated, ...unknown].map(({ rule, resource }) => ({
    rule: rule.id,
    path: resource.address,
    stacks: new Set([resource.stack.name]),
    reason: "accepted",
  }));
  return judged(model, acknowledgements);
}

function html(report: TrustReport): void {
  picturesOf(report).forEach((picture) => dotOf(picture, "LR"));
  summary(report);
  callsSection(report, []);
  accessSection(report);
  checkedSection(report);
  Object.values(lists).forEach((section) => section(report));
}

const ACTIONS: Record<string, (model: Model) => void> = {
  "the rules": (model) => [reportText, reportJson, sarifLog].forEach((write) => write(judged(model))),
  "what was acknowledged": (model) => void acknowledged(model),
  "the report": (model) => {
    const report = reportOn(model, NOTHING);
    reportMarkdown(report);
    html(report);
  },
  "the comparison of reports": (model) => {
    const report = reportOn(model, NOTHING);
    const same = JSON.parse(JSON.stringify(report)) as TrustReport;
    const empty = reportOn(new Model(new Map()), NOTHING);
    for (const [base, head] of [
      [report, same],
      [empty, report],
      [report, empty],
    ])
      diffMarkdown(diffOf(base, head));
  },
};

/** What is sorted is compared more often for each, but not as often as there are others. */
const SORTING = /, (?:\(one, other\) =>|compared|rank|byUse|bySeverity)/;

/** Texts with longer numbers are shortened more often. */
const SHORTENING = /^lib\/report\/graph\/text-width\.ts, (?:widthOf|shortened)/;

describe.each(Object.keys(CONFIGURATIONS))("for %s", (name) => {
  let configurations: ReadonlyMap<number, Stacks>;

  beforeAll(() => {
    // Pairs, because every other backend is of another kind.
    configurations = new Map(COUNTS.map((count) => [count, CONFIGURATIONS[name](2 * count)]));
  });

  test.each(Object.keys(ACTIONS))("%s costs the same for each, however many there are", (action) => {
    const growth = growthOf((count) => ACTIONS[action](modelOf(configurations.get(count)!)));
    expect(growth.filter((each) => !SORTING.test(each) && !SHORTENING.test(each))).toEqual([]);
  });
});
