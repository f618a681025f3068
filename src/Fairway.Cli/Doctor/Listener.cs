using System.Net;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor;

/// <summary>A socket that holds a port of the host.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Local">Address and port; the unspecified address is every address.</param>
/// <param name="Owner">The process, <c>'nginx' (pid 4711)</c>, or null when it cannot be seen.</param>
internal sealed record Listener(TransportProtocol Protocol, IPEndPoint Local, string? Owner);
