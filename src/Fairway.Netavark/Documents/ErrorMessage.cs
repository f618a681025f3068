namespace Fairway.Netavark.Documents;

/// <summary>The answer other than success. Podman shows <paramref name="Error"/> and refuses any other member.</summary>
internal sealed record ErrorMessage(string Error);
