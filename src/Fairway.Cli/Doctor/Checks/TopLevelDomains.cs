using System.Collections.Frozen;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>
/// Top-level domains that a network may well be called: those of countries (ISO 3166-1 as delegated in the root zone, IANA) and the generic ones in wide use. Of the
/// other thousand nobody is warned.
/// </summary>
internal static class TopLevelDomains
{
    private const string Countries =
        "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz "
        + "de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it "
        + "je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng "
        + "ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg "
        + "th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

    private const string Generic =
        "com net org edu gov mil int info biz name pro app dev cloud host hosting network systems services online site store shop blog page link live media news "
        + "tech technology software digital group team work world zone space today xyz top club google microsoft azure games game chat email support tools "
        + "studio build run";

    private static readonly FrozenSet<string> s_all = $"{Countries} {Generic}".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) => s_all.Contains(name);
}
