namespace Fairway.Cli.Output.Documents;

/// <summary>What a layer does with the packet.</summary>
internal sealed record ExplainStepDocument(string Layer, bool Passed, string Text);
