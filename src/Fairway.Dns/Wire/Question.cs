namespace Fairway.Dns.Wire;

/// <summary>What is asked: a name, a type, a class.</summary>
internal sealed record Question(DomainName Name, RecordType Type, RecordClass Class);
