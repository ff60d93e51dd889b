using DataGen.AppHost.AppModel;

var builder = DistributedApplication.CreateBuilder(args);

var settings = SharedSettings.Add(builder);
var backends = Backends.Add(builder);
var meeting = Meeting.Add(builder, settings);

var runner = builder.AddRunner(settings, backends, meeting);
var tasks = builder.AddTasks(settings, backends, meeting, runner);
var web = builder.AddWeb(settings, meeting, tasks);
builder.AddGateway(settings, backends, tasks, web);

builder.Build().Run();
