import { Lazy, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { createDiagnosticSettings } from "../../azure/diagnostic-setting";
import { createLock } from "../../azure/resource-lock";
import { createRoleAssignments } from "../../azure/resource-role-assignment";
import { BindOnce } from "../../core/bind-once";
import { once } from "../../core/once";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { BOUND_BACKEND } from "../bound";
import { CreatedAppProps } from "./app-options";

/** What all kinds of created apps have, on App Service or elsewhere. */
export interface CreatedResource extends TerraformResource {
  readonly name: string;
  readonly id: string;
  readonly identity: { readonly principalId: string };
}

/** The app, and the resources that are created for it. */
export interface CreatedResources {
  readonly app: CreatedResource;
  readonly accessLog?: MonitorDiagnosticSetting;
}

/** What Azure has for every resource. */
interface Extensions {
  readonly diagnosticSettings: MonitorDiagnosticSetting[];
  readonly roleAssignments: RoleAssignment[];
  readonly lock?: ManagementLock;
}

/** An app that is created and locked when its backend is bound. */
export abstract class CreatedApp<
  Created extends CreatedResources,
  Props extends CreatedAppProps,
> implements IAppBackend {
  private readonly name = once(() => Lazy.stringValue({ produce: () => this.read("app", "appName").name }));
  private readonly id = once(() => Lazy.stringValue({ produce: () => this.read("app", "appId").id }));
  private readonly principal = once(() =>
    Lazy.stringValue({ produce: () => this.read("app", "principalId").identity.principalId }),
  );

  private readonly bound: BindOnce<Created>;
  private extensions: Extensions = { diagnosticSettings: [], roleAssignments: [] };

  /**
   * @param required the properties that must be set, as messages name them
   * @param names all properties
   */
  constructor(
    public readonly factory: string,
    protected readonly props: Props,
    required: string,
    names: PropertyNames<Props>,
  ) {
    requireOnly(factory, factory, props, { names, example: `${factory}({ ${required} })` });
    this.bound = new BindOnce(factory, BOUND_BACKEND);
  }

  // These can be used at any time. Few of them are.

  public get appName(): string {
    return this.name();
  }

  public get appId(): string {
    return this.id();
  }

  public get principalId(): string {
    return this.principal();
  }

  public get app(): Created["app"] {
    return this.read("app");
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const created = this.bound.bind(scope, () => this.create(scope, options));
    const config = this.lock(scope, options, created);
    this.extensions = this.extend(scope, created);
    return config;
  }

  /** Adds to the app what Azure has for every resource. The lock comes last, so that it is removed before all that it locks. */
  private extend(scope: Construct, { app, accessLog }: CreatedResources): Extensions {
    const { diagnosticSettings: settings, roleAssignments: roles, lock } = this.props;
    const diagnosticSettings = createDiagnosticSettings(scope, settings ?? [], app.id, {
      otherName: accessLog?.nameInput,
    });
    const roleAssignments = createRoleAssignments(scope, roles ?? [], app.id);
    if (lock === undefined) return { diagnosticSettings, roleAssignments };
    const locked = scope.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    return { diagnosticSettings, roleAssignments, lock: createLock(scope, lock, { resourceId: app.id, locked }) };
  }

  public get diagnosticSettings(): MonitorDiagnosticSetting[] {
    this.read("app", "diagnosticSettings");
    return this.extensions.diagnosticSettings;
  }

  public get roleAssignments(): RoleAssignment[] {
    this.read("app", "roleAssignments");
    return this.extensions.roleAssignments;
  }

  public get managementLock(): ManagementLock | undefined {
    this.read("app", "managementLock");
    return this.extensions.lock;
  }

  /** A created resource. Fails before the backend is bound. */
  protected read<Part extends keyof Created & string>(part: Part, attribute: string = part): Created[Part] {
    return this.bound.read(attribute)[part];
  }

  protected abstract create(scope: Construct, options: BackendBindOptions): Created;

  /** Sets the sign-in of the app. */
  protected abstract lock(scope: Construct, options: BackendBindOptions, created: Created): BackendConfig;
}

/**
 * An app that is created with its backend. Its name, ids and identity can be used at any time. The resources, such as `app`,
 * exist once the backend was passed to a `SecureApimBackend`; reading them earlier is an error.
 */
export interface IAppBackend extends IApimBackend {
  /** Name of the app. */
  readonly appName: string;

  /** Azure resource ID of the app. */
  readonly appId: string;

  /** Object ID of the app's system-assigned identity, for roles on the resources that the app uses. */
  readonly principalId: string;

  /** The created diagnostic settings of the app, in the order of `diagnosticSettings`, to set anything else on them. */
  readonly diagnosticSettings: MonitorDiagnosticSetting[];

  /** The created role assignments on the app, in the order of `roleAssignments`, to set anything else on them. */
  readonly roleAssignments: RoleAssignment[];

  /** The created lock of the app; undefined without `lock`. */
  readonly managementLock?: ManagementLock | undefined;
}
