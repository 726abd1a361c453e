import { Construct } from "constructs";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import type { ApiManagementPolicyFragment } from "@cdktf/provider-azurerm/lib/api-management-policy-fragment";
import { checkedKeyNames } from "./api/api-surface";
import { SubscriptionKeyNames } from "./policy/names";
import { asTemplate } from "./core/template";
import { suspendCreationStacks } from "./core/creation-stacks";
import { dependenciesWithin } from "./core/dependencies";
import { waitForNamedValues } from "./gateway/named-value-order";
import { finding, within } from "./core/fail";
import { guard, ONCE } from "./core/guard";
import { defaultName } from "./core/names";
import { isToken } from "./core/tokens";
import { PropertyNames, requireConstructProps } from "./core/property-names";
import { IAppRegistration } from "./entra/registration";
import { liveOn } from "./gateway/gateway-child";
import { claimNameOnGateway } from "./gateway/name-rules";
import { checkedDocument, PolicyDocument } from "./policy/policy-document";
import { GatewayCalls, GatewayCallsProps } from "./composition/gateway-calls";
import { checkUnknowns } from "./composition/policy-values";
import { announceStreaming } from "./composition/streaming";
import { checkPolicy } from "./composition/policy-checks";
import { azurerm } from "./providers/azurerm";

/** Properties of a policy fragment with which an API calls a secured backend. */
export interface SecurePolicyFragmentProps extends GatewayCallsProps {
  /**
   * Statements of the inbound section, placed before those of the gateway: `PolicyDocument.of(...)`.
   *
   * @default - only the gateway's statements
   */
  readonly policy?: PolicyDocument;

  /**
   * Name of the fragment on the gateway. Changing it replaces the fragment.
   *
   * @default - the construct id in kebab-case
   */
  readonly fragmentName?: string;

  /**
   * The header and query parameter in which consumers of the API send their subscription key. They are removed from requests to the
   * backend.
   *
   * @default - those of the service: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;
}

/** The names of its properties. */
const SECURE_POLICY_FRAGMENT_PROPS: PropertyNames<SecurePolicyFragmentProps> = {
  backend: true,
  gateway: true,
  backendEntityName: true,
  branches: true,
  circuitBreaker: true,
  fragmentName: true,
  policy: true,
  subscriptionKeyNames: true,
};

/**
 * A policy fragment that calls a backend with the gateway's managed identity, for an API whose policy is managed elsewhere. That policy
 * needs one line: `includeStatement`, last in its inbound section.
 *
 * @see https://learn.microsoft.com/azure/api-management/policy-fragments
 */
export class SecurePolicyFragment extends Construct {
  /** Name of the fragment on the gateway. */
  public readonly fragmentName: string;

  /** The line for the API's policy. Write it last in `<inbound>`, after `<base />`. */
  public readonly includeStatement: string;

  /** `https://` address of the backend. */
  public readonly backendUrl: string;

  /**
   * The Entra app registration of the backend.
   *
   * @default - none: the audience of the backend is managed elsewhere
   */
  public readonly registration?: IAppRegistration;

  /** The created policy fragment. */
  public readonly fragment: ApiManagementPolicyFragment;

  /**
   * The created backend entity of `backend`.
   *
   * @default - none: the backend is a pool, and its entities are properties of it
   */
  public readonly backendEntity?: ApiManagementBackend;

  /** The created backend entities of `branches`, by the name of the branch. Those of a pool are properties of the pool. */
  public readonly branchEntities: { [branch: string]: ApiManagementBackend };

  constructor(scope: Construct, id: string, props: SecurePolicyFragmentProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: SECURE_POLICY_FRAGMENT_PROPS,
        example: `new SecurePolicyFragment(this, "${id}", { gateway, backend })`,
      });
      const { gateway } = props;
      const name = defaultName(this);
      const calls = new GatewayCalls(this, props, name);
      this.backendUrl = calls.url;
      this.registration = calls.registration;
      this.fragmentName = claimNameOnGateway(this, gateway, "fragment", props.fragmentName);

      const entityName = isToken(this.fragmentName) ? name : this.fragmentName;
      const keyNames = checkedKeyNames(this, props.subscriptionKeyNames);
      const user = checkedDocument(this, "policy", props.policy ?? PolicyDocument.EMPTY);
      const { document, backendEntity, branchEntities } = calls.composePolicy(user, entityName, keyNames);
      this.backendEntity = backendEntity;
      this.branchEntities = branchEntities;
      checkPolicy(this, document, { gateway, passesOptions: false });
      if (calls.streams) announceStreaming(this);
      const text = within(this, () => document._toTerraformFragment());
      this.fragment = new azurerm.ApiManagementPolicyFragment(this, "Resource", {
        apiManagementId: gateway.apimId,
        name: this.fragmentName,
        format: "rawxml",
        value: asTemplate(text),
        provider: gateway.provider,
        dependsOn: dependenciesWithin(this, calls.dependencies),
      });
      liveOn(this.fragment, gateway, { named: [text] });
      checkUnknowns(this.fragment, text);
      waitForNamedValues(gateway, this.fragment, text);
      guard(this.fragment, {
        attributes: { ...ONCE, format: "rawxml", value: this.fragment.valueInput },
        changed: (attributes) =>
          finding(
            "fragment-changed",
            `The policy fragment "${this.fragment.node.path}" was changed after it was composed, so the backend could get no token.`,
            `Remove what changes ${attributes} on it (addOverride, an aspect). Write policy: PolicyDocument... on the ` +
              "SecurePolicyFragment.",
          ),
      });
      this.includeStatement = `<include-fragment fragment-id="${this.fragment.name}" />`;
    } finally {
      resume();
    }
  }
}
