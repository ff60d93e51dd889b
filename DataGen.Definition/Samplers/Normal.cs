namespace DataGen.Definition.Samplers;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    private const double Edge = 0.02425;

    /// <summary>The share of values below <paramref name="x"/>; Abramowitz and Stegun 7.1.26, with an error of at most
    /// 1.5e-7.</summary>
    public static double Share(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * z));
        var polynomial =
            ((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t;
        var error = 1 - (polynomial * Math.Exp(-z * z));
        return x < 0 ? (1 - error) / 2 : (1 + error) / 2;
    }

    /// <summary>The value below which a share of <paramref name="p"/> lies; Acklam's approximation, with a relative
    /// error of at most 1.15e-9. Shares closer to 0 or 1 than 1e-12 are taken as 1e-12 from them.</summary>
    public static double Quantile(double p)
    {
        p = Math.Clamp(p, 1e-12, 1 - 1e-12);
        if (p > 1 - Edge)
        {
            return -Quantile(1 - p);
        }

        if (p < Edge)
        {
            var q = Math.Sqrt(-2 * Math.Log(p));
            return (
                    (
                        (
                            (
                                (
                                    (
                                        (
                                            (((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q)
                                            - 2.400758277161838
                                        ) * q
                                    ) - 2.549732539343734
                                ) * q
                            ) + 4.374664141464968
                        ) * q
                    ) + 2.938163982698783
                )
                / (
                    (
                        (
                            (((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q)
                            + 3.754408661907416
                        ) * q
                    ) + 1
                );
        }

        var r = p - 0.5;
        var s = r * r;
        return (
                (
                    (
                        (
                            (
                                (
                                    (
                                        (((-3.969683028665376e+01 * s) + 2.209460984245205e+02) * s)
                                        - 2.759285104469687e+02
                                    ) * s
                                ) + 1.383577518672690e+02
                            ) * s
                        ) - 3.066479806614716e+01
                    ) * s
                ) + 2.506628277459239
            )
            * r
            / (
                (
                    (
                        (
                            (
                                (
                                    (
                                        (((-5.447609879822406e+01 * s) + 1.615858368580409e+02) * s)
                                        - 1.556989798598866e+02
                                    ) * s
                                ) + 6.680131188771972e+01
                            ) * s
                        ) - 1.328068155288572e+01
                    ) * s
                ) + 1
            );
    }
}
