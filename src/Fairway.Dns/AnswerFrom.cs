using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns;

/// <summary>Sends an answer in the name of the server that was asked. It does not wait.</summary>
/// <param name="socket">The socket the question came by, bound to a wildcard.</param>
/// <param name="answer">The message.</param>
/// <param name="client">Who asked.</param>
/// <param name="server">Whom it asked.</param>
public delegate void AnswerFrom(Socket socket, ReadOnlySpan<byte> answer, IPEndPoint client, IPAddress server);
