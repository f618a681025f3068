using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>The payload of an NLMSG_ERROR message, or of an NLMSG_DONE that carries a code.</summary>
/// <param name="Errno">Zero for an acknowledgement.</param>
/// <param name="Message">The kernel's explanation, if it gave one.</param>
/// <param name="AttributeOffset">Offset of the offending attribute in the request, if the kernel named one.</param>
/// <param name="MissingAttribute">Type of the attribute that should have been there, if the kernel named one.</param>
public readonly record struct NetlinkError(Errno Errno, string? Message = null, uint? AttributeOffset = null, uint? MissingAttribute = null)
{
    /// <summary>
    /// Reads the payload of an NLMSG_ERROR message:
    /// <code>
    /// | error (negative errno) | nlmsghdr of the request | its payload unless NLM_F_CAPPED | attributes if NLM_F_ACK_TLVS |
    /// </code>
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>What the kernel said.</returns>
    /// <exception cref="InvalidDataException">The message is shorter than its own lengths say.</exception>
    public static NetlinkError Read(in NetlinkMessage message)
    {
        nlmsgerr error = message.Header<nlmsgerr>();
        if ((message.Flags & linux_netlink.NLM_F_ACK_TLVS) == 0)
            return new NetlinkError((Errno)(-error.error));
        int skip = Unsafe.SizeOf<nlmsgerr>();
        if ((message.Flags & linux_netlink.NLM_F_CAPPED) == 0)
            skip += NetlinkAlignment.Align(RequestPayload(error));
        return ReadAttributes((Errno)(-error.error), message.Attributes(skip));
    }

    /// <summary>Reads the code at the end of a dump: an int, then attributes if NLM_F_ACK_TLVS is set.</summary>
    internal static NetlinkError ReadDone(in NetlinkMessage message)
    {
        if (message.Payload.Length < sizeof(int))
            return default;
        int code = MemoryMarshal.Read<int>(message.Payload);
        if (code >= 0)
            return default;
        return (message.Flags & linux_netlink.NLM_F_ACK_TLVS) == 0
            ? new NetlinkError((Errno)(-code))
            : ReadAttributes((Errno)(-code), message.Attributes(sizeof(int)));
    }

    private static int RequestPayload(in nlmsgerr error)
    {
        int header = Unsafe.SizeOf<nlmsghdr>();
        if (error.msg.nlmsg_len < header || error.msg.nlmsg_len > int.MaxValue - 64)
            throw new InvalidDataException($"netlink error quotes a request of {error.msg.nlmsg_len} bytes");
        return (int)error.msg.nlmsg_len - header;
    }

    private static NetlinkError ReadAttributes(Errno errno, AttributeReader attributes)
    {
        var result = new NetlinkError(errno);
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            result = attribute.Type switch
            {
                linux_netlink.NLMSGERR_ATTR_MSG => result with { Message = attribute.AsString() },
                linux_netlink.NLMSGERR_ATTR_OFFS => result with { AttributeOffset = attribute.AsUInt32() },
                linux_netlink.NLMSGERR_ATTR_MISS_TYPE => result with { MissingAttribute = attribute.AsUInt32() },
                _ => result,
            };
        }
        return result;
    }
}
