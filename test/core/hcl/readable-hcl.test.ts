import {
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { writeReadableHcl } from "../../../lib/core/hcl/readable-hcl";
import { ApimGateway, Backend, DeploymentCheck, SecureApimBackend } from "../../../lib";
import { GROUP, stackWithProviders } from "../../helpers/synth";

/* What `cdktf synth --hcl` writes says what the JSON says, also of what the library has not made. */

function stackOf(name = "stack"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), name);
  writeReadableHcl(stack);
  return stack;
}

/** The HCL of a stack, without the indentation, which `cdktf synth` writes anew. */
function hclOf(stack: TerraformStack): string {
  stack.prepareStack();
  return stack.toHclTerraform().hcl.replace(/^ +/gm, "");
}

const group = (stack: TerraformStack, id = "Group"): ResourceGroup =>
  new ResourceGroup(stack, id, { name: "rg", location: "westeurope" });

test("addresses and conditions in a lifecycle are HCL that Terraform reads", () => {
  const stack = stackOf();
  const other = group(stack, "Other");
  group(stack).lifecycle = {
    replaceTriggeredBy: ["azurerm_resource_group.Other.id"],
    ignoreChanges: ["tags"],
    preventDestroy: true,
    precondition: [{ condition: `\${${other.fqn}.name != ""}`, errorMessage: 'The group "${self.name}" has no name.' }],
  };
  expect(hclOf(stack)).toContain(`lifecycle {
replace_triggered_by = [
azurerm_resource_group.Other.id
]
ignore_changes = [
tags
]
prevent_destroy = true
precondition {
condition = azurerm_resource_group.Other.name != ""
error_message = "The group \\"\${self.name}\\" has no name."
}
}`);
});

test("an alias and depends_on are addresses", () => {
  const stack = stackOf();
  const provider = new AzurermProvider(stack, "other", { features: [{}], alias: "other" });
  const first = group(stack, "First");
  new ResourceGroup(stack, "Group", { name: "rg", location: "westeurope", provider, dependsOn: [first] });
  const hcl = hclOf(stack);
  expect(hcl).toContain("provider = azurerm.other\n");
  expect(hcl).toContain("depends_on = [\nazurerm_resource_group.First\n]");
});

describe("what an override sets is not lost", () => {
  function account(): { stack: TerraformStack; account: StorageAccount } {
    const stack = stackOf();
    const settings = { name: "sa", resourceGroupName: "rg", location: "x", accountTier: "Standard" };
    const networkRules = { defaultAction: "Allow", ipRules: ["1.2.3.4"], bypass: ["None"] };
    return {
      stack,
      account: new StorageAccount(stack, "Sa", { ...settings, accountReplicationType: "LRS", networkRules }),
    };
  }

  test("in a block: set, added to a list, and removed", () => {
    const { stack, account: it } = account();
    it.addOverride("network_rules.default_action", "Deny");
    it.addOverride("network_rules.virtual_network_subnet_ids", ["/subnet"]);
    it.addOverride("network_rules.bypass", undefined);
    expect(hclOf(stack)).toContain(`network_rules {
default_action = "Deny"
ip_rules = [
"1.2.3.4"
]
virtual_network_subnet_ids = [
"/subnet"
]
}`);
  });

  test("on the stack, with a reference", () => {
    const { stack } = account();
    stack.addOverride("resource.azurerm_storage_account.Sa.network_rules.default_action", "Deny");
    stack.addOverride("resource.azurerm_storage_account.Sa.tags", { from: Token.asString(group(stack).name) });
    stack.addOverride("resource.azurerm_storage_account.Sa.account_tier", undefined);
    const hcl = hclOf(stack);
    expect(hcl).toContain('default_action = "Deny"');
    expect(hcl).toContain('tags = {\n"from" = azurerm_resource_group.Group.name\n}');
    expect(hcl).not.toContain("account_tier");
  });

  test("in the settings of Terraform", () => {
    const { stack } = account();
    stack.addOverride("terraform.required_version", ">= 1.5");
    expect(hclOf(stack)).toContain('required_version = ">= 1.5"\n}');
  });
});

test("a variable keeps a default that is false, and nullable", () => {
  const stack = stackOf();
  const flag = new TerraformVariable(stack, "flag", { type: "bool", default: false, nullable: false });
  flag.addValidation({ condition: "${var.flag != null}", errorMessage: 'Not "${var.flag}".' });
  expect(hclOf(stack)).toContain(`variable "flag" {
default = false
nullable = false
type = bool
validation {
error_message = "Not \\"\${var.flag}\\"."
condition = var.flag != null
}
}`);
});

// JSON does not read templates there, and HCL does. HCL allows no function there.
test("a default and a description keep what looks like a template, and their lines", () => {
  const stack = stackOf();
  new TerraformVariable(stack, "pattern", {
    default: { value: "${env}-%{x}", type: "$${a}", key: ['"${b}"', "<a>\n</a>"] },
    description: 'as in "${env}-orders"',
  });
  new TerraformOutput(stack, "url", { value: "${var.pattern.value}", description: "of ${env}\nhere" });
  expect(hclOf(stack)).toContain(`variable "pattern" {
default = {
"value" = "$\${env}-%%{x}"
"type" = "\${"$"}$\${a}"
"key" = [
"\\"$\${b}\\"",
"<a>\\n</a>"
]
}
description = "as in \\"$\${env}-orders\\""
}`);
  expect(hclOf(stack)).toContain(`description = "of $\${env}\\nhere"`);
});

test("locals and outputs keep every value", () => {
  const stack = stackOf();
  new TerraformLocal(stack, "zero", 0);
  new TerraformLocal(stack, "text", 'say "hi"');
  new TerraformOutput(stack, "out", { value: 'a "b" ${local.text}' });
  const hcl = hclOf(stack);
  expect(hcl).toContain('zero = "${0}"\ntext = "${"say \\"hi\\""}"');
  expect(hcl).toContain('value = "a \\"b\\" ${local.text}"');
});

test("the arguments of a module keep backslashes and lines, and providers are addresses", () => {
  const stack = stackOf();
  const provider = new AzurermProvider(stack, "hub", { alias: "hub", features: [{}] });
  const vault = new TerraformHclModule(stack, "Vault", {
    source: "./vault",
    skipAssetCreationFromLocalModules: true,
    providers: [provider, { provider, moduleAlias: "hub" }],
    dependsOn: [group(stack)],
    variables: {
      pattern: '^\\d+ "${var.a}"',
      lines: "one\ntwo",
      provider: "azure",
      nested: { type: "a", value: ["\\"], off: false },
      count_of: 0,
    },
  });
  vault.addOverride("nested.more", "b");
  expect(hclOf(stack)).toContain(`module "Vault" {
pattern = "^\\\\d+ \\"\${var.a}\\""
lines = chomp(<<EOF
one
two
EOF
)
provider = "azure"
nested = {
"type" = "a"
"value" = [
"\\\\"
]
"off" = false
"more" = "b"
}
count_of = 0
source = "./vault"
providers = {
azurerm = azurerm.hub
azurerm.hub = azurerm.hub
}
depends_on = [
azurerm_resource_group.Group
]
}`);
});

test("for_each and dynamic blocks stay", () => {
  const stack = stackOf();
  const each = TerraformIterator.fromMap({ a: { name: "first" } });
  new ResourceGroup(stack, "Group", { forEach: each, name: each.getString("name"), location: "x" });
  const logs = TerraformIterator.fromList(["audit"]);
  new MonitorDiagnosticSetting(stack, "Logs", {
    name: "logs",
    targetResourceId: "/id",
    enabledLog: logs.dynamic({ category: logs.value }),
  });
  const hcl = hclOf(stack);
  expect(hcl).toContain('name = each.value.name\nfor_each = {\n"a" = {\n"name" = "first"\n}\n}');
  expect(hcl).toContain('dynamic "enabled_log" {\nfor_each = "${toset(["audit"])}"');
});

test("checks of a deployment, and azapi resources with what closes them, are written", () => {
  const stack = stackWithProviders();
  const publisher = { publisherEmail: "api@contoso.com", publisherName: "Contoso" };
  new SecureApimBackend(stack, "Orders", {
    gateway: new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, ...publisher }),
    backend: Backend.containerApp({ resourceGroup: GROUP, image: "nginx", targetPort: 80 }),
    deploymentChecks: [DeploymentCheck.directCallIsRejected()],
  });
  const hcl = hclOf(stack);
  expect(hcl).toMatch(/^check "(Orders_\w+)" \{\ndata "http" "\1" \{\nurl += "https:\/\/\$\{azurerm_container_app\./m);
  expect(hcl).toContain('http = {\nsource = "hashicorp/http"');
  expect(hcl).toContain('"unauthenticatedClientAction" = "Return401"');
  expect(hcl).not.toMatch(/^"?\/\//m);
});

test("the JSON of a stack is the same, whether or not its HCL was written", () => {
  const written = stackOf();
  group(written).lifecycle = { preventDestroy: true };
  written.toHclTerraform();
  const other = stackOf();
  group(other).lifecycle = { preventDestroy: true };
  expect(Testing.synth(written)).toBe(Testing.synth(other));
});
