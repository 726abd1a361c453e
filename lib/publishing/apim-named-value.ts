import { Construct } from "constructs";
import { ApiManagementNamedValue } from "@cdktf/provider-azurerm/lib/api-management-named-value";
import { dependenciesWithin } from "../core/dependencies";
import { madeNamedValue } from "../gateway/named-value-order";
import { nameOnGateway } from "../gateway/gateway-name";
import { IApimGateway } from "../gateway/gateway";
import { PolicyValue } from "../policy/policy-value";
import { NamedValueContent } from "./named-value-content";

/** Properties of a new named value. */
export interface ApimNamedValueProps {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** What it holds. */
  readonly value: NamedValueContent;

  /**
   * Name on the gateway, unique there, by which policies call it.
   *
   * @default - the construct id in kebab-case
   */
  readonly namedValueName?: string;
}

/**
 * A named value of API Management: a text that policies read from the service, by name. All policies on the gateway can. One of the
 * same stack that has the name in its text, `{{name}}`, waits for the named value.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties
 */
export class ApimNamedValue extends Construct {
  /** Name on the gateway. Who uses it waits for the named value. */
  public readonly namedValueName: string;

  /** What statements take: `PolicyStatement.setHeader("X-Key", namedValue.policyValue)`. Their policy waits for the named value. */
  public readonly policyValue: PolicyValue;

  constructor(scope: Construct, id: string, props: ApimNamedValueProps) {
    super(scope, id);
    const { gateway } = props;
    const name = nameOnGateway(this, gateway, "namedValue", props.namedValueName);
    const { ready, ...content } = props.value._write(this, gateway, name);
    const dependsOn = dependenciesWithin(this, ready);
    const resource = new ApiManagementNamedValue(this, "Resource", {
      name,
      displayName: name,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      ...content,
      dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
    });
    madeNamedValue(gateway, name, resource);
    this.namedValueName = resource.displayName;
    this.policyValue = PolicyValue.namedValue(this.namedValueName);
  }
}
