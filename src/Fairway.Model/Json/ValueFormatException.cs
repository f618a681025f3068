using System.Text.Json;
using Fairway.Model.Errors;

namespace Fairway.Model.Json;

/// <summary>A value one of our converters refused. The serializer adds the path; the message is written for people already.</summary>
internal sealed class ValueFormatException(string message, uint hcnCode = HcnErrorCode.InvalidJson) : JsonException(message)
{
    /// <summary>The HCN code that fits best.</summary>
    public uint HcnCode { get; } = hcnCode;
}
