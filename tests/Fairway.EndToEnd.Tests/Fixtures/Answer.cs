using System.Net;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>What a call brought to light.</summary>
/// <param name="SeenAs">The caller's address as the server saw it.</param>
/// <param name="From">The server's address as the caller sees it.</param>
internal sealed record Answer(IPAddress SeenAs, IPAddress From);
