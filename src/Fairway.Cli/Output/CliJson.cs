using System.Text.Json.Serialization;
using Fairway.Cli.Doctor;
using Fairway.Cli.Output.Documents;

namespace Fairway.Cli.Output;

/// <summary>The generated contracts of everything <c>--output json</c> writes.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(Shape<NetworkDocument>))]
[JsonSerializable(typeof(Shape<NamespaceDocument>))]
[JsonSerializable(typeof(Shape<EndpointDocument>))]
[JsonSerializable(typeof(Shape<PublicationDocument>))]
[JsonSerializable(typeof(Shape<LoadBalancerDocument>))]
[JsonSerializable(typeof(Shape<RouteDocument>))]
[JsonSerializable(typeof(Shape<RuleDocument>))]
[JsonSerializable(typeof(Shape<AddressSetDocument>))]
[JsonSerializable(typeof(Shape<FailureDocument>))]
[JsonSerializable(typeof(Shape<VersionDocument>))]
[JsonSerializable(typeof(Shape<CaptureDocument>))]
[JsonSerializable(typeof(Shape<ExplanationDocument>))]
[JsonSerializable(typeof(Shape<CheckResult>))]
internal sealed partial class CliJson : JsonSerializerContext;
