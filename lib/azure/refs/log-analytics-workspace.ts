import { requireAttributes } from "../../core/given";

/**
 * A Log Analytics workspace: a `LogAnalyticsWorkspace` or `DataAzurermLogAnalyticsWorkspace` of the azurerm bindings, or
 * `LogAnalyticsWorkspaceRef.fromAttributes`.
 */
export interface ILogAnalyticsWorkspaceRef {
  /** Azure resource ID of the workspace. */
  readonly id: string;
}

/** Attributes of a Log Analytics workspace. */
export interface LogAnalyticsWorkspaceRefAttributes {
  /** Azure resource ID of the workspace. */
  readonly id: string;
}

/** A Log Analytics workspace by its attributes. */
export class LogAnalyticsWorkspaceRef implements ILogAnalyticsWorkspaceRef {
  /** Refers to a Log Analytics workspace by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: LogAnalyticsWorkspaceRefAttributes): ILogAnalyticsWorkspaceRef {
    const { id } = requireAttributes("LogAnalyticsWorkspaceRef", attributes, ["id"]);
    return new LogAnalyticsWorkspaceRef(id);
  }

  private constructor(public readonly id: string) {}
}
