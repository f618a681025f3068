using System.Net;

namespace Fairway.Engine.Plan;

/// <summary>Whom backends of an overlay network take callers for who are not of it.</summary>
/// <param name="Endpoint">The endpoint whose address it is, attached nowhere.</param>
/// <param name="Port">Its port number.</param>
/// <param name="Generation">Generation of that number.</param>
/// <param name="Network">Number of its network.</param>
/// <param name="Address">Its address of the family.</param>
public sealed record SourcePlan(Guid Endpoint, uint Port, uint Generation, uint Network, IPAddress Address);
