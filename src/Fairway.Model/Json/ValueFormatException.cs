using System.Text.Json;

namespace Fairway.Model.Json;

/// <summary>A value one of our converters refused. The serializer adds the path; the message is written for people already.</summary>
internal sealed class ValueFormatException(string message) : JsonException(message);
