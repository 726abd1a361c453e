/** cdktf calls `onSynthesize` of what stands here when it writes a stack. `TerraformAsset`, which can only copy files, uses it as well. */
export const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
