namespace Fairway.Model.Errors;

/// <summary>One thing wrong with a document.</summary>
/// <param name="Path">JSON path of the field, e.g. <c>$.Ipams[0].Subnets[1].IpAddressPrefix</c>.</param>
/// <param name="Message">Object, cause and remedy, lower case.</param>
/// <param name="HcnCode">The HCN_E_* HRESULT that fits best, or null.</param>
public sealed record Finding(string Path, string Message, uint? HcnCode = null);
