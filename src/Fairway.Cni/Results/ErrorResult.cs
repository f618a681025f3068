using Fairway.Cni.Protocol;

namespace Fairway.Cni.Results;

/// <summary><c>{"cniVersion": "1.1.0", "code": 7, "msg": "..."}</c></summary>
internal static class ErrorResult
{
    public static void Write(Stream output, CniVersion version, int code, string message) => ResultWriter.Write(output, version, writer =>
    {
        writer.WriteNumber("code", code);
        writer.WriteString("msg", message);
    });
}
