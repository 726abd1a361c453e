import { Construct } from "constructs";
import type { ApiManagementNamedValue } from "@cdktf/provider-azurerm/lib/api-management-named-value";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { suspendCreationStacks } from "../core/creation-stacks";
import { dependenciesWithin } from "../core/dependencies";
import { finding } from "../core/fail";
import { guard, ONCE, oneOf } from "../core/guard";
import { asWritten } from "../core/terraform-template";
import { registerNamedValue } from "../gateway/named-value-order";
import { claimNameOnGateway } from "../gateway/name-rules";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { PolicyValue } from "../policy/policy-value";
import { NamedValueContent } from "./named-value-content";
import { requireGiven } from "../core/given";
import { PropertyNames, requireConstructProps } from "../core/property-names";
import { azurerm } from "../providers/azurerm";

/** Properties of a new named value. */
export interface ApimNamedValueProps {
  /** The API Management service of the named value. */
  readonly gateway: IApimGateway;

  /** The content of the named value. */
  readonly value: NamedValueContent;

  /**
   * Name on the gateway, unique there. Policies use it.
   *
   * @default - the construct id in kebab-case
   */
  readonly namedValueName?: string;
}

/** The names of its properties. */
const APIM_NAMED_VALUE_PROPS: PropertyNames<ApimNamedValueProps> = { gateway: true, value: true, namedValueName: true };

/**
 * A named value of API Management: a text that any policy on the gateway can read by name. Terraform creates it before each policy of
 * the same stack that contains `{{name}}`.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties
 */
export class ApimNamedValue extends Construct {
  /** The created named value. */
  public readonly namedValue: ApiManagementNamedValue;

  /**
   * The role assignment with which the gateway reads the secret.
   *
   * @default - none: the value is not a secret of a key vault, or the role is managed elsewhere
   */
  public readonly roleAssignment?: RoleAssignment;

  /** Name on the gateway. A resource that uses it is created after the named value. */
  public readonly namedValueName: string;

  /**
   * The value for policy statements: `PolicyStatement.setHeader("X-Key", namedValue.policyValue)`. Their policy is created after the
   * named value.
   */
  public readonly policyValue: PolicyValue;

  constructor(scope: Construct, id: string, props: ApimNamedValueProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: APIM_NAMED_VALUE_PROPS,
        example: `new ApimNamedValue(this, "${id}", { gateway, value })`,
      });
      const { gateway } = props;
      const name = claimNameOnGateway(this, gateway, "namedValue", props.namedValueName);
      const { roleAssignment, ...written } = requireGiven(this, props.value, {
        name: "value",
        has: ["_write"],
        hidden: true,
        example: 'value: NamedValueContent.keyVaultSecret(vault, "...") or NamedValueContent.plain("...")',
      })._write(this, gateway, name);
      const content = asWritten(written);
      this.roleAssignment = roleAssignment;
      const dependsOn = dependenciesWithin(this, roleAssignment ? [roleAssignment] : []);
      this.namedValue = new azurerm.ApiManagementNamedValue(this, "Resource", {
        name,
        displayName: name,
        ...onGateway(gateway),
        ...content,
        dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
      });
      const { value, secret, valueFromKeyVault } = content;
      liveOn(this.namedValue, gateway, { named: [value, ...Object.values(valueFromKeyVault ?? {})] });
      guard(this.namedValue, {
        attributes: {
          ...ONCE,
          value,
          secret: oneOf(secret, true),
          value_from_key_vault: azurerm.apiManagementNamedValueValueFromKeyVaultToTerraform(valueFromKeyVault),
        },
        changed: (attributes) =>
          finding(
            "named-value-changed",
            `The named value "${this.namedValue.node.path}" was changed after it was created, so a secret could be readable.`,
            `Remove what changes ${attributes} on it (addOverride, an aspect). Write value: NamedValueContent... on the ApimNamedValue.`,
          ),
      });
      registerNamedValue(gateway, name, this.namedValue);
      this.namedValueName = this.namedValue.displayName;
      this.policyValue = PolicyValue.namedValue(this.namedValueName);
    } finally {
      resume();
    }
  }
}
