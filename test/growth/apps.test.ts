import { growthOf } from "../helpers/growth";
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Node } from "constructs";
import {
  ApimGateway,
  ApimSecurityRules,
  ApimSku,
  AppRuntime,
  Backend,
  IApimGateway,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { elsewhere } from "../gateway/everything";
import { GROUP } from "../helpers/synth";
import { newId } from "./stacks";

/* A stack costs the same, however many an app has. */

/** Each stack looks at all elements of the app, since what opens an app or an API can be in any stack. Only this may grow. */
const LOOKS_AT_ITS_STACK = /^lib\/(?!core\/(?:elements-of-app|grouped)\.ts|composition\/own-policies\.ts)/;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "growth-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

function newStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, newId());
  const features = [{ storage: [{ dataPlaneAvailable: false }] }];
  new AzurermProvider(stack, "azurerm", { features, storageUseAzuread: true });
  new AzureadProvider(stack, "azuread");
  return stack;
}

function newGateway(stack: TerraformStack): IApimGateway {
  return new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.PREMIUM });
}

type Fill = (stack: TerraformStack, shared: () => IApimGateway) => void;

const STACKS: Record<string, Fill> = {
  "with an API": (stack) =>
    void new SecureApimBackend(stack, newId(), { gateway: newGateway(stack), backend: elsewhere(newId()) }),
  "with an API on the gateway of another stack": (stack, shared) =>
    void new SecureApimBackend(stack, newId(), { gateway: shared(), backend: elsewhere(newId()) }),
  "with a function app": (stack) => {
    const backend = Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    new SecureApimBackend(stack, newId(), { gateway: newGateway(stack), backend });
  },
};

/** One at the validation, and one when the stack is written. */
const WALKS = 2;

const APPS: Record<string, (app: App) => void> = {
  "": () => {},
  ", judged by the rules": (app) => ApimSecurityRules.judge(app),
};

/** An app with so many stacks. */
function appOf(count: number, fill: Fill, begin: (app: App) => void): App {
  const app = new App({ outdir: directory, context: {} });
  let gateway: IApimGateway | undefined;
  const shared = (): IApimGateway => (gateway ??= newGateway(newStack(app)));
  for (let i = 0; i < count; i++) fill(newStack(app), shared);
  begin(app);
  return app;
}

/** How many constructs all walks find, and how many the last stack has. */
function walksOf(app: App): { readonly found: number; readonly ofStack: number } {
  const walks = jest.spyOn(Node.prototype, "findAll");
  try {
    app.synth();
    const found = walks.mock.results.reduce((sum, { value }) => sum + (value as unknown[]).length, 0);
    return { found, ofStack: app.node.children.at(-1)!.node.findAll().length };
  } finally {
    walks.mockRestore();
  }
}

describe.each(Object.keys(APPS))("in an app%s", (kind) => {
  test.each(Object.keys(STACKS))("a stack %s costs the same, however many there are", (name) => {
    const growth = growthOf((count) => appOf(count, STACKS[name], APPS[kind]).synth(), LOOKS_AT_ITS_STACK);
    expect(growth).toEqual([]);
  });

  test.each(Object.keys(STACKS))("the whole app is walked as often for each stack %s", (name) => {
    // An app of one stack is not looked over again when all is written.
    const [two, three, four] = [2, 3, 4].map((count) => walksOf(appOf(count, STACKS[name], APPS[kind])));
    // Each walk for a new stack finds what is in it, and so does one more of the walks for each stack before.
    const more = four.found - three.found - (three.found - two.found);
    // The rules add an element to each stack meanwhile.
    expect(Math.round(more / four.ofStack)).toBe(2 * WALKS);
  });
});
