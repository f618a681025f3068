namespace Fairway.Model.Hcn.V1;

/// <summary>Something wrong with a request of HNS.</summary>
/// <param name="Path">JSON path of the member.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record HnsFinding(string Path, string Message);
