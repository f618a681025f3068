using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>Answers of the outside for as long as their TTLs allow. Bounded: the one not asked for longest goes first.</summary>
internal sealed class AnswerCache(TimeProvider time)
{
    private const int MaxAnswers = 4096;
    private const int MaxBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<QuestionKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private int _bytes;

    private sealed record Entry(QuestionKey Key, byte[] Message, AnswerRecords Records, long KeptAt);

    /// <summary>Finds an answer; its TTLs are what is left of them.</summary>
    public bool TryGet(QuestionKey key, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        Entry entry;
        uint age;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
                return false;
            entry = node.Value;
            age = (uint)time.GetElapsedTime(entry.KeptAt).TotalSeconds;
            _byUse.Remove(node);
            if (age >= entry.Records.Lifetime)
            {
                Forget(entry);
                return false;
            }
            _byUse.AddFirst(node);
        }
        message = Aged(entry, age);
        return true;
    }

    /// <summary>Keeps an answer if it may be kept.</summary>
    public void Add(QuestionKey key, byte[] message)
    {
        AnswerRecords records = AnswerRecords.Of(message);
        if (records.Lifetime == 0)
            return;
        var entry = new Entry(key, message, records, time.GetTimestamp());
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? former))
                Remove(former);
            _entries[key] = _byUse.AddFirst(entry);
            _bytes += message.Length;
            while (_entries.Count > MaxAnswers || _bytes > MaxBytes)
                Remove(_byUse.Last!);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _byUse.Clear();
            _bytes = 0;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        Forget(node.Value);
    }

    private void Forget(Entry entry)
    {
        _entries.Remove(entry.Key);
        _bytes -= entry.Message.Length;
    }

    private static byte[] Aged(Entry entry, uint age)
    {
        byte[] message = [.. entry.Message];
        // It is no longer the zone's own server that speaks.
        message[2] &= unchecked((byte)~((int)HeaderFlags.Authoritative >> 8));
        foreach (int offset in entry.Records.TtlOffsets)
        {
            Span<byte> ttl = message.AsSpan(offset, 4);
            uint left = BinaryPrimitives.ReadUInt32BigEndian(ttl);
            BinaryPrimitives.WriteUInt32BigEndian(ttl, left > age ? left - age : 0);
        }
        return message;
    }
}
