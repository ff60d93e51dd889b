using DataGen.Contracts;
using DataGen.Runner.Grpc;

namespace DataGen.Tests.Runner;

public sealed class RunRequestCheckTests
{
    [Fact]
    public void A_request_that_makes_sense_passes() => Assert.Null(RunRequestCheck.Problem(Request()));

    [Fact]
    public void Every_problem_names_its_field()
    {
        var problems = new Dictionary<string, Action<RunRequest>>
        {
            ["task_id is empty."] = request => request.TaskId = " ",
            ["spec is missing."] = request => request.Spec = null,
            ["spec.prompt is empty."] = request => request.Spec.Prompt = "\n",
            ["spec.count must be at least 1."] = request => request.Spec.Count = 0,
            ["spec.temperature must be from 0 to 1.5."] = request => request.Spec.Temperature = double.NaN,
            ["spec.max_tokens must be from 16 to 4096."] = request => request.Spec.MaxTokens = 15,
            ["spec.concurrency must be at least 1."] = request => request.Spec.Concurrency = 0,
            ["ranges is empty."] = request => request.Ranges.Clear(),
            ["ranges[0] must lie within 0 to spec.count - 1, its last not below its first."] = request =>
                request.Ranges[0].Last = -1,
            ["ranges[1] must lie within 0 to spec.count - 1, its last not below its first."] = request =>
                request.Ranges[1].Last = 10,
            ["ranges[1] overlaps or precedes the range before it."] = request => request.Ranges[1].First = 3,
        };

        Assert.All(
            problems,
            problem =>
            {
                var request = Request();
                problem.Value(request);
                Assert.Equal(problem.Key, RunRequestCheck.Problem(request));
            }
        );
    }

    private static RunRequest Request() =>
        new()
        {
            TaskId = "t",
            Spec = new GenerationSpec
            {
                Prompt = "p",
                Count = 10,
                Temperature = 1.5,
                MaxTokens = 16,
                Concurrency = 1,
            },
            Ranges =
            {
                new IndexRange { First = 0, Last = 3 },
                new IndexRange { First = 4, Last = 9 },
            },
        };
}
