namespace Fairway.Api.Docker.Wire;

/// <summary>Which drivers a plugin has.</summary>
internal sealed record ActivateAnswer(string[] Implements);
